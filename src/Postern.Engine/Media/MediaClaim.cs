using System.Collections.Frozen;

namespace Postern.Engine.Media;

/// <summary>What a media type says about the bytes under it.</summary>
internal readonly record struct MediaClaim
{
    /// <summary>The label that says nothing: under it any format is what it is.</summary>
    private const string Octets = "application/octet-stream";

    private static readonly (string Start, MediaFamily Family)[] s_kinds =
    [
        ("image/", MediaFamily.Image), ("audio/", MediaFamily.Audio), ("video/", MediaFamily.Video), ("font/", MediaFamily.Font),
    ];

    /// <summary>Types that name one format.</summary>
    private static readonly FrozenDictionary<string, string> s_types = new Dictionary<string, string>
    {
        ["application/pdf"] = "pdf",
        ["application/zip"] = "zip",
        ["application/java-archive"] = "zip",
        ["application/gzip"] = "gzip",
        ["application/x-gzip"] = "gzip",
        ["application/x-xz"] = "xz",
        ["application/zstd"] = "zstd",
        ["application/x-bzip2"] = "bzip2",
        ["application/x-7z-compressed"] = "7z",
        ["application/vnd.rar"] = "rar",
        ["application/vnd.debian.binary-package"] = "ar",
        ["application/x-rpm"] = "rpm",
        ["application/wasm"] = "wasm",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> s_exact = s_types.GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly MediaFamily _family;
    private readonly string? _format;

    private MediaClaim(MediaFamily family, string? format, bool isSilent)
    {
        _family = family;
        _format = format;
        IsSilent = isSilent;
    }

    /// <summary>True when the label says that it is some bytes, or when there is none.</summary>
    public bool IsSilent { get; }

    /// <summary>True when it says that the bytes are media of any kind.</summary>
    public bool IsMedia => _family != MediaFamily.None || _format is not null;

    /// <summary>True when it says that they are an image.</summary>
    public bool IsImage => _family == MediaFamily.Image;

    /// <summary>A type that says this.</summary>
    public string Label
    {
        get
        {
            var (family, format) = (_family, _format);
            return IsSilent ? string.Empty
                : format is not null ? s_types.First(pair => pair.Value == format).Key
                : Array.Find(s_kinds, kind => kind.Family == family).Start ?? "text/plain";
        }
    }

    /// <summary>What <paramref name="type"/> says; parameters are not part of it.</summary>
    public static MediaClaim Of(ReadOnlySpan<char> type)
    {
        foreach (var (start, family) in s_kinds)
        {
            if (type.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            {
                return new MediaClaim(family, null, isSilent: false);
            }
        }

        return s_exact.TryGetValue(type, out var format)
            ? new MediaClaim(MediaFamily.None, format, isSilent: false)
            : new MediaClaim(MediaFamily.None, null, type.IsEmpty || type.Equals(Octets, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>True when media of this format may stand under the label. A container of sound may hold pictures, and the other way round.</summary>
    public bool Fits(MediaFormat format) =>
        IsSilent || format.Name == _format || format.Family == _family || (IsPlayed(format.Family) && IsPlayed(_family));

    private static bool IsPlayed(MediaFamily family) => family is MediaFamily.Audio or MediaFamily.Video;
}
