using System.Text;
using Postern.Engine.Configuration;

namespace Postern.Fuzz.Targets;

/// <summary>A configuration file: a configuration or errors, never both, never neither; what is read compiles or says why not.</summary>
internal sealed class ConfigTarget : IFuzzTarget
{
    private static readonly string[] s_seeds =
    [
        "version: 1\nmode: strict\nfetch_proxy: { listen: '127.0.0.1:1', monitoring: { blocklist: [a.example] } }\n",
        "dlp:\n  patterns:\n    - { name: a, regex: 'x+', severity: high }\nlimits: { hold_bytes: 1 MiB }\nsuppress: []\n",
        "forward_proxy: &a\n  connect_ports: [80, 443-444]\n  enabled: yes\nenforce: false\n",
    ];

    public string Name => "config";

    public IReadOnlyList<byte[]> Seeds { get; } = [.. s_seeds.Select(Encoding.UTF8.GetBytes)];

    public void Run(ReadOnlySpan<byte> input)
    {
        var result = ConfigReader.Read(Encoding.UTF8.GetString(input), "fuzz.yaml");
        BrokenInvariantException.Unless(result.Config is null == result.Errors.Count > 0, "a configuration or errors");
        if (result.Config is { } config)
        {
            BrokenInvariantException.Unless(ConfigHash.Of(config).Length == 64, "every configuration has a hash");
        }
    }
}
