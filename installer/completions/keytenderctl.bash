# SPDX-FileCopyrightText: 2026 The Keytender authors
# SPDX-License-Identifier: Apache-2.0

_keytenderctl()
{
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} options= words=
    if ((COMP_CWORD == 1)); then
        COMPREPLY=($(compgen -W "status token login logout refresh accounts use activity providers consents doctor export import run git docker aws api-key-helper codex-auth --help --help-all --version" -- "$word"))
        return
    fi
    case $before in
    --passphrase-file | --config)
        COMPREPLY=($(compgen -f -- "$word"))
        return
        ;;
    --cure | --in | --limit | --mcp | --min-validity | --passphrase-fd | --revoke | --scope | --timeout | --with)
        return
        ;;
    esac
    case ${COMP_WORDS[1]} in
    status) options="--json --no-start --timeout" ;;
    token) options="--min-validity --force --json --no-start --timeout" ;;
    login) options="--device --paste --scope --no-browser --json --no-start --timeout" ;;
    logout) options="--all --oauth-only --local --yes --json --no-start --timeout" ;;
    refresh) options="--json --no-start --timeout" ;;
    accounts) options="--json --no-start --timeout" ;;
    use) options="--in --json --no-start --timeout" ;;
    activity) options="--limit --json --no-start --timeout" ;;
    providers) options="--json --no-start --timeout" ;;
    consents) options="--revoke --json --no-start --timeout" ;;
    doctor) options="--cure --json --no-start --timeout" ;;
    export) options="--passphrase-file --passphrase-fd --force --move --json --no-start --timeout" ;;
    import) options="--passphrase-file --passphrase-fd --renew --json --no-start --timeout" ;;
    run) options="--no-start --timeout --with --mcp --config" ;;
    git) options="--no-start --timeout --force" words="get store erase capability" ;;
    docker) options="--no-start --timeout --force" words="get store erase list version" ;;
    aws) options="--no-start --timeout --force" ;;
    api-key-helper) options="--no-start --timeout --force" ;;
    codex-auth) options="--no-start --timeout --force" ;;
    *) return ;;
    esac
    if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W "$options --help" -- "$word"))
    elif [[ ${COMP_WORDS[1]} == @(export|import) ]]; then
        COMPREPLY=($(compgen -f -- "$word"))
    elif [[ ${COMP_WORDS[1]} == run ]]; then
        COMPREPLY=($(compgen -c -- "$word"))
    else
        COMPREPLY=($(compgen -W "$words" -- "$word"))
    fi
}
complete -o filenames -F _keytenderctl keytenderctl
