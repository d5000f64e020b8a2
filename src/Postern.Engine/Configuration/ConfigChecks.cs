using Postern.Engine.Configuration.Schema;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Policy;
using Postern.Engine.Yaml;

namespace Postern.Engine.Configuration;

/// <summary>What must hold between settings, and what is allowed but worth a warning. Runs on a file that bound without errors.</summary>
internal sealed class ConfigChecks
{
    /// <summary>Shorter tokens can be guessed at network speed; the number is 16 random characters of base64, 96 bits.</summary>
    private const int ShortSecret = 16;

    private readonly PosternConfig _config;
    private readonly YamlNode? _root;
    private readonly BindLog _errors;
    private readonly BindLog _warnings;

    private ConfigChecks(PosternConfig config, YamlNode? root, BindLog errors, BindLog warnings) =>
        (_config, _root, _errors, _warnings) = (config, root, errors, warnings);

    /// <summary>Begins the key of what is wrong for one agent; empty for what is wrong for everybody.</summary>
    private string Within { get; init; } = "";

    public static void Run(PosternConfig config, YamlNode? root, BindLog errors, BindLog warnings)
    {
        // The defaults pass their own checks; a test says so. A start without a file must not pay for them.
        if (ReferenceEquals(config, PosternConfig.Default))
        {
            return;
        }

        var checks = new ConfigChecks(config, root, errors, warnings);
        checks.RequireWhatModesNeed();
        checks.RefuseSandboxModes();
        checks.RequireWhatListenersNeed();
        checks.RefuseCollisions();
        checks.RefuseContradictions();
        checks.WarnAboutExposure();
        checks.WarnAboutMeaning();
        AgentChecks.Run(config, checks.Refuse, checks.Warn);
        foreach (var agent in config.Agents.Where(static agent => agent.Policy.Values.Count > 0))
        {
            var alone = new ConfigChecks(AgentCompiler.Alone(config, agent.Policy), root, errors, warnings) { Within = $"agents[{agent.Name}].policy: " };
            alone.RequireWhatModesNeed();
            alone.RefuseContradictions();
        }
    }

    private void RequireWhatModesNeed()
    {
        if (_config.Mode == Mode.Strict && _config.ApiAllowlist.Count == 0)
        {
            Refuse("mode", "strict refuses every destination that api_allowlist does not name, and it names none; list the destinations your agent needs");
        }

        if (_config.Logging.Output is LogOutput.File or LogOutput.Both && _config.Logging.File.Length == 0)
        {
            Refuse("logging.output", "needs logging.file");
        }

        if (_config.Capture.MaxTotalMb < 2 * _config.Capture.MaxFileMb)
        {
            Refuse("capture.max_total_mb", "must be at least twice capture.max_file_mb: the file that is written stays");
        }

        if (_config.TlsInterception.CaCert.Length == 0 != (_config.TlsInterception.CaKey.Length == 0))
        {
            Refuse("tls_interception", "ca_cert and ca_key belong together; set both or none");
        }
    }

    private void RefuseSandboxModes()
    {
        if (_config.Sandbox is { Strict: true, BestEffort: true })
        {
            Refuse("sandbox.best_effort", "excludes sandbox.strict; set one of them");
        }

        if (_config.Agents.Any(static agent => agent.Sandbox is { Strict: true, BestEffort: true }))
        {
            Refuse("agents", "the sandbox of an agent is both strict and best_effort; set one of them");
        }
    }

    private void RequireWhatListenersNeed()
    {
        if (!_config.ForwardProxy.Enabled)
        {
            Refuse("forward_proxy.enabled", "the main listener is always a forward proxy; for the Scan API alone, set scan_api.listen and keep agents from fetch_proxy.listen");
        }

        if (_config.ScanApi.Listen.Length > 0 && _config.ScanApi.Auth.BearerTokens.Count == 0)
        {
            Refuse("scan_api.listen", "needs at least one token in scan_api.auth.bearer_tokens");
        }

        RequireWhatApprovalsNeed();
        RequireWhatSinksNeed();
        if ((_config.SharedState.ConnectionFile.Length == 0) != (_config.SharedState.KeyFile.Length == 0))
        {
            Refuse("shared_state.connection_file", "needs shared_state.key_file, and the other way round");
        }

        if (_config.ReverseProxy is { Listen.Length: > 0, Upstream.Length: 0, Routes.Count: 0 })
        {
            Refuse("reverse_proxy.listen", "needs reverse_proxy.upstream or a route");
        }

        if (_config.ScanApi.Auth.BearerTokens.Distinct().Count() < _config.ScanApi.Auth.BearerTokens.Count)
        {
            Refuse("scan_api.auth.bearer_tokens", "two tokens are the same");
        }
    }

    private void RequireWhatSinksNeed()
    {
        if (_config.Emit.Webhook is { Url.Length: > 0, Secret: null })
        {
            Refuse("emit.webhook.url", "needs emit.webhook.secret, by which the receiver knows that it was Postern");
        }

        if (_config.Emit.Otlp.Headers.Any(static header => header.Reveal().IndexOf(':', StringComparison.Ordinal) <= 0))
        {
            Refuse("emit.otlp.headers", "each header is a name, a colon and a value, such as api-key:0123456789abcdef");
        }
    }

    private void RequireWhatApprovalsNeed()
    {
        var approvals = _config.Approvals;
        if (_config.Control.BearerTokens.Distinct().Count() < _config.Control.BearerTokens.Count)
        {
            Refuse("control.bearer_tokens", "two tokens are the same");
        }

        if (approvals.WebhookUrl.Length > 0 && (approvals.WebhookSecret is null || _config.Control.Listen.Length == 0))
        {
            Refuse("approvals.webhook_url", "needs approvals.webhook_secret, and control.listen, where the answers come in");
        }

        var people = (_config.Control.Listen.Length == 0 ? 0 : Math.Max(1, _config.Control.BearerTokens.Count)) + (approvals.Terminal ? 1 : 0) + (approvals.WebhookUrl.Length > 0 ? 1 : 0);
        if (approvals.FourEyes && people < 2)
        {
            Refuse("approvals.four_eyes", "there is only one way to answer; set a second token in control.bearer_tokens, approvals.terminal or approvals.webhook_url");
        }
    }

    private void RefuseCollisions()
    {
        var listeners = Listeners();
        for (var later = 1; later < listeners.Count; later++)
        {
            for (var earlier = 0; earlier < later; earlier++)
            {
                if (listeners[later].Address.CollidesWith(listeners[earlier].Address))
                {
                    Refuse(listeners[later].Key, $"the address is taken by {listeners[earlier].Key}");
                }
            }
        }
    }

    private void RefuseContradictions()
    {
        if (_config.Redaction.Enabled && (!_config.RequestBodyScanning.Enabled || _config.RequestBodyScanning.Action is ScanAction.Warn or ScanAction.Ask))
        {
            Refuse("redaction.enabled", "needs request_body_scanning.enabled, and block or redact as request_body_scanning.action");
        }

        if (_config.Limits.OverlapBytes >= _config.Limits.WindowBytes)
        {
            Refuse("limits.overlap_bytes", "must be smaller than limits.window_bytes");
        }

        if (_config.Limits.WindowBytes > _config.Limits.HoldBytes)
        {
            Refuse("limits.window_bytes", "must not be larger than limits.hold_bytes");
        }
    }

    private void WarnAboutExposure()
    {
        foreach (var listener in Listeners())
        {
            if (!listener.Address.IsLoopback)
            {
                Warn(listener.Key, "other machines can reach this listener");
            }
        }

        if (_config.Control.BearerTokens.Any(token => token.Reveal().Length < ShortSecret))
        {
            Warn("control.bearer_tokens", $"a token is shorter than {ShortSecret} characters and can be guessed");
        }

        if (_config.ScanApi.Auth.BearerTokens.Any(token => token.Reveal().Length < ShortSecret))
        {
            Warn("scan_api.auth.bearer_tokens", $"a token is shorter than {ShortSecret} characters and can be guessed");
        }
    }

    private void WarnAboutMeaning()
    {
        if (!_config.Enforce)
        {
            Warn("enforce", "nothing is refused; the evidence says what would have been");
        }
        else if (_config.Mode == Mode.Audit)
        {
            Warn("mode", "audit still refuses; add 'enforce: false' to only observe");
        }

        if (_config.KillSwitch.Enabled)
        {
            Warn("kill_switch.enabled", "everything is refused until this is false");
        }

        var nobody = !_config.Approvals.Terminal && _config.Control.Listen.Length == 0;
        if (nobody && (_config.RequestBodyScanning.Action == ScanAction.Ask || _config.ResponseScanning.Action == ScanAction.Ask || _config.Dlp.ResponseAction == ScanAction.Ask))
        {
            Warn("mode", "ask refuses as long as nobody can answer; set control.listen or approvals.terminal");
        }

        if (_config.Internal.Count == 0)
        {
            Warn("internal", "only the built-in table of special addresses protects internal services");
        }
    }

    /// <summary>Those that are set.</summary>
    private List<Listener> Listeners()
    {
        var listeners = new List<Listener>(4);
        Add("fetch_proxy.listen", _config.FetchProxy.Listen);
        Add("forward_proxy.socks_listen", _config.ForwardProxy.SocksListen);
        Add("forward_proxy.transparent_listen", _config.ForwardProxy.TransparentListen);
        Add("dns_proxy.listen", _config.DnsProxy.Listen);
        Add("icap.listen", _config.Icap.Listen);
        Add("metrics_listen", _config.MetricsListen);
        Add("scan_api.listen", _config.ScanApi.Listen);
        Add("control.listen", _config.Control.Listen);
        Add("reverse_proxy.listen", _config.ReverseProxy.Listen);
        foreach (var agent in _config.Agents)
        {
            foreach (var address in agent.Listeners)
            {
                Add("agents", address);
            }
        }

        return listeners;

        void Add(string key, string text)
        {
            if (ListenAddress.TryParse(text, out var address))
            {
                listeners.Add(new(key, address));
            }
        }
    }

    private void Refuse(string key, string message) => _errors.Add(YamlPath.FindNearest(_root, Within.Length == 0 ? key : "agents"), Within + key, message);

    private void Warn(string key, string message) => _warnings.Add(YamlPath.FindNearest(_root, key), key, message);

    private sealed record Listener(string Key, ListenAddress Address);
}
