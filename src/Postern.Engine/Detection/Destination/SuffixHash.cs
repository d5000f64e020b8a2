namespace Postern.Engine.Detection.Destination;

/// <summary>
/// 32-bit FNV-1a from the last byte to the first: one walk from a host's end yields the hash of each of its suffixes.
/// Also written by tools/publicsuffix/generate.py; every hit is verified byte by byte, so collisions cost time only.
/// </summary>
internal static class SuffixHash
{
    public const uint Seed = 0x811C9DC5;

    public static uint Add(uint hash, byte next) => (hash ^ next) * 0x01000193;

    public static uint Of(ReadOnlySpan<byte> name)
    {
        var hash = Seed;
        for (var i = name.Length - 1; i >= 0; i--)
        {
            hash = Add(hash, name[i]);
        }

        return hash;
    }
}
