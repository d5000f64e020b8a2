using Postern.Engine.Configuration;
using Postern.Engine.Detection.Known;
using Postern.Engine.Policy;

namespace Postern.Transports.Tests.Conformance;

/// <summary>Policies as a user would write them: through the reader and the compiler, never by hand.</summary>
internal static class TestPolicies
{
    /// <summary>What every scenario needs: the upstream is on loopback, and a scenario may send more than a person would.</summary>
    private const string Base = """
        ssrf:
          ip_allowlist: [127.0.0.0/8]
        fetch_proxy:
          monitoring:
            max_requests_per_minute: 0
        forward_proxy:
          connect_ports: []
        """;

    public static SecurityPolicy Default(string more = "", OwnSecrets? own = null) => Passing("opaque.test", more, own);

    /// <summary>The same, with the tunnels to one host unread.</summary>
    public static SecurityPolicy Passing(string host, string more = "", OwnSecrets? own = null)
    {
        var read = ConfigReader.Read($"{Base}\ntls_interception:\n  passthrough_domains: [{host}]\n{more}", "test.yaml");
        Assert.Empty(read.Errors);
        var compiled = PolicyCompiler.Compile(read.Config!, own);
        Assert.Empty(compiled.Errors);
        return compiled.Policy!;
    }
}
