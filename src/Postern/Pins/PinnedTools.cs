using System.Security.Cryptography;

namespace Postern.Program.Pins;

/// <summary>What is pinned of the tools of every server, as one hash each: enough to say later whether it was the same.</summary>
internal static class PinnedTools
{
    /// <summary>By server, SHA-256 over its pins in hex; empty when they cannot be read, which a call of such a server says on its own.</summary>
    public static Dictionary<string, string> HashesOf(string directory)
    {
        try
        {
            return new PinFiles(directory).LoadAll().ToDictionary(
                static pins => pins.Server, static pins => Convert.ToHexStringLower(SHA256.HashData(PinText.Write(pins))), StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return [];
        }
    }
}
