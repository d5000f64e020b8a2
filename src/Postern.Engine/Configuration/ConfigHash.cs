using System.Security.Cryptography;
using System.Text;
using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration;

/// <summary>
/// The identity of a policy: SHA-256 over a canonical form that anybody can rebuild from <c>docs/configuration.md</c>.
/// The form is the line <c>postern-config-v1</c>, a line feed, and RFC 8785 JSON of all settings by their YAML keys with defaults
/// resolved and lists sorted. Left out: secrets, so that rotating one changes nothing and none enters a published
/// digest; and settings that say where or how, not what is allowed (listeners, paths, logging).
/// </summary>
public static class ConfigHash
{
    /// <summary>The version of the canonical form; it changes when the same settings would give other bytes.</summary>
    public const int Version = 1;

    /// <summary>
    /// The hash of <see cref="PosternConfig.Default"/>, held by a test. A start without a file must not compile the getters
    /// of every setting, which costs more than everything else about configuration.
    /// </summary>
    private const string OfDefaults = "4ef63d1bd44355f84f6091845d240ca428909b3f5721d029f4af56d4d42901f5";

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public static string Of(PosternConfig config) => ReferenceEquals(config, PosternConfig.Default)
        ? OfDefaults
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Canonical(config))));

    /// <summary>The canonical form itself, for comparing by eye.</summary>
    public static string Canonical(PosternConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var json = new StringBuilder($"postern-config-v{Version}\n");
        CanonicalSection.Write(PosternConfig.Schema, config, json);
        return json.ToString();
    }
}
