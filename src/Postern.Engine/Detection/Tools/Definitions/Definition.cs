using System.Security.Cryptography;
using System.Text;

namespace Postern.Engine.Detection.Tools.Definitions;

/// <summary>What a server says about one tool or prompt, or about itself, in the one form in which it is compared.</summary>
/// <param name="Key">Kind and name, such as <c>tool:read_file</c>; unique in a server.</param>
/// <param name="Text">Canonical JSON (RFC 8785), without <c>_meta</c>, which no model reads, and of a card without its seal and edition.</param>
public sealed record Definition(string Key, string Text)
{
    /// <summary>What keys of tools begin with.</summary>
    public const string ToolPrefix = "tool:";

    /// <summary>What keys of cards of agents begin with.</summary>
    internal const string AgentPrefix = "agent:";

    /// <summary>SHA-256 of the text, 64 lower-case hexadecimal digits.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>The name without the kind.</summary>
    public string Name => Key[(Key.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>True for a tool.</summary>
    public bool IsTool => Key.StartsWith(ToolPrefix, StringComparison.Ordinal);
}
