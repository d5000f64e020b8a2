using System.Buffers;
using System.Text;

namespace Postern.Engine.Media;

/// <summary>The formats that are known by their first bytes (public file signatures). A tar is not among them: what it holds stands in it as it is.</summary>
internal static class MediaFormats
{
    /// <summary>A body shows within so many bytes that it is no text; every format here does within the first few dozen.</summary>
    private const int StartBytes = 512;

    public static readonly MediaFormat Png = new("png", MediaFamily.Image);
    public static readonly MediaFormat Jpeg = new("jpeg", MediaFamily.Image);
    public static readonly MediaFormat Gif = new("gif", MediaFamily.Image);
    public static readonly MediaFormat Webp = new("webp", MediaFamily.Image);
    public static readonly MediaFormat Svg = new("svg", MediaFamily.Image);
    public static readonly MediaFormat Zip = new("zip", MediaFamily.Archive);

    private static readonly MediaFormat s_tiff = new("tiff", MediaFamily.Image);
    private static readonly MediaFormat s_jxl = new("jxl", MediaFamily.Image);
    private static readonly MediaFormat s_heic = new("heic", MediaFamily.Image);
    private static readonly MediaFormat s_avif = new("avif", MediaFamily.Image);
    private static readonly MediaFormat s_mp3 = new("mp3", MediaFamily.Audio);
    private static readonly MediaFormat s_mp4 = new("mp4", MediaFamily.Video);
    private static readonly MediaFormat s_ttf = new("ttf", MediaFamily.Font);
    private static readonly MediaFormat s_machO = new("mach-o", MediaFamily.Executable);

    /// <summary>The particular before the general: of two that fit the first one counts.</summary>
    private static readonly MediaSignature[] s_all =
    [
        new(Png, 0, [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]),
        new(Jpeg, 0, [0xFF, 0xD8, 0xFF]),
        new(Gif, 0, "GIF8"u8.ToArray()),
        new(Webp, 0, "RIFF"u8.ToArray()) { Brand = "WEBP"u8.ToArray() },
        new(s_tiff, 0, "II*\0"u8.ToArray()),
        new(s_tiff, 0, "MM\0*"u8.ToArray()),
        new(new MediaFormat("ico", MediaFamily.Image), 0, [0, 0, 1, 0]),
        new(new MediaFormat("bmp", MediaFamily.Image), 0, "BM"u8.ToArray()) { Brand = [0, 0, 0, 0], BrandOffset = 6 },
        new(new MediaFormat("psd", MediaFamily.Image), 0, "8BPS"u8.ToArray()),
        new(s_jxl, 0, [0xFF, 0x0A]),
        new(s_jxl, 0, [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', (byte)' ']),
        .. Boxes(s_avif, "avif", "avis"),
        .. Boxes(s_heic, "heic", "heix", "hevc", "mif1", "msf1"),
        .. Boxes(new MediaFormat("m4a", MediaFamily.Audio), "M4A ", "M4B "),
        new(s_mp4, 4, "ftyp"u8.ToArray()),
        new(new MediaFormat("wav", MediaFamily.Audio), 0, "RIFF"u8.ToArray()) { Brand = "WAVE"u8.ToArray() },
        new(new MediaFormat("avi", MediaFamily.Video), 0, "RIFF"u8.ToArray()) { Brand = "AVI "u8.ToArray() },
        new(new MediaFormat("aiff", MediaFamily.Audio), 0, "FORM"u8.ToArray()) { Brand = "AIF"u8.ToArray() },
        new(new MediaFormat("ogg", MediaFamily.Audio), 0, "OggS"u8.ToArray()),
        new(new MediaFormat("matroska", MediaFamily.Video), 0, [0x1A, 0x45, 0xDF, 0xA3]),
        new(new MediaFormat("flv", MediaFamily.Video), 0, [(byte)'F', (byte)'L', (byte)'V', 1]),
        new(new MediaFormat("asf", MediaFamily.Video), 0, [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11]),
        new(new MediaFormat("mpeg", MediaFamily.Video), 0, [0, 0, 1, 0xBA]),
        new(s_mp3, 0, "ID3"u8.ToArray()),
        new(s_mp3, 0, [0xFF, 0xFB]),
        new(s_mp3, 0, [0xFF, 0xF3]),
        new(new MediaFormat("aac", MediaFamily.Audio), 0, [0xFF, 0xF1]),
        new(new MediaFormat("flac", MediaFamily.Audio), 0, "fLaC"u8.ToArray()),
        new(new MediaFormat("midi", MediaFamily.Audio), 0, "MThd"u8.ToArray()),
        new(new MediaFormat("woff", MediaFamily.Font), 0, "wOFF"u8.ToArray()),
        new(new MediaFormat("woff2", MediaFamily.Font), 0, "wOF2"u8.ToArray()),
        new(new MediaFormat("otf", MediaFamily.Font), 0, "OTTO"u8.ToArray()),
        new(s_ttf, 0, [0, 1, 0, 0]),
        new(s_ttf, 0, "ttcf"u8.ToArray()),
        new(new MediaFormat("pdf", MediaFamily.Document), 0, "%PDF-"u8.ToArray()),
        new(new MediaFormat("ole", MediaFamily.Document), 0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]),
        new(Zip, 0, [(byte)'P', (byte)'K', 3, 4]),
        new(Zip, 0, [(byte)'P', (byte)'K', 5, 6]),
        new(new MediaFormat("gzip", MediaFamily.Archive), 0, [0x1F, 0x8B, 8]),
        new(new MediaFormat("xz", MediaFamily.Archive), 0, [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]),
        new(new MediaFormat("7z", MediaFamily.Archive), 0, [(byte)'7', (byte)'z', 0xBC, 0xAF, 0x27, 0x1C]),
        new(new MediaFormat("zstd", MediaFamily.Archive), 0, [0x28, 0xB5, 0x2F, 0xFD]),
        new(new MediaFormat("bzip2", MediaFamily.Archive), 0, "BZh"u8.ToArray()),
        new(new MediaFormat("rar", MediaFamily.Archive), 0, [(byte)'R', (byte)'a', (byte)'r', (byte)'!', 0x1A, 7]),
        new(new MediaFormat("cab", MediaFamily.Archive), 0, [(byte)'M', (byte)'S', (byte)'C', (byte)'F', 0]),
        new(new MediaFormat("ar", MediaFamily.Archive), 0, "!<arch>\n"u8.ToArray()),
        new(new MediaFormat("rpm", MediaFamily.Archive), 0, [0xED, 0xAB, 0xEE, 0xDB]),
        new(new MediaFormat("elf", MediaFamily.Executable), 0, [0x7F, (byte)'E', (byte)'L', (byte)'F']),
        new(new MediaFormat("pe", MediaFamily.Executable), 0, "MZ"u8.ToArray()),
        new(s_machO, 0, [0xCF, 0xFA, 0xED, 0xFE]),
        new(s_machO, 0, [0xCA, 0xFE, 0xBA, 0xBE]),
        new(new MediaFormat("wasm", MediaFamily.Executable), 0, [0, (byte)'a', (byte)'s', (byte)'m']),
    ];

    /// <summary>The names of all image formats.</summary>
    public static IEnumerable<string> ImageNames =>
        s_all.Select(static signature => signature.Format).Append(Svg).Where(static format => format.Family == MediaFamily.Image).Select(static format => format.Name).Distinct();

    /// <summary>The format of a name; null when there is none.</summary>
    public static MediaFormat? Named(string name) => s_all.Select(static signature => signature.Format).Append(Svg).FirstOrDefault(format => format.Name == name);

    /// <summary>The format that <paramref name="start"/> begins like; null when it is none of these, or when what follows the magic is text all the same.</summary>
    public static MediaFormat? Sniff(ReadOnlySpan<byte> start)
    {
        foreach (var signature in s_all)
        {
            if (signature.Begins(start))
            {
                return IsText(start[signature.End..Math.Min(start.Length, Math.Max(signature.End, StartBytes))]) ? null : signature.Format;
            }
        }

        return null;
    }

    private static IEnumerable<MediaSignature> Boxes(MediaFormat format, params string[] brands) =>
        brands.Select(brand => new MediaSignature(format, 4, "ftyp"u8.ToArray()) { Brand = Encoding.ASCII.GetBytes(brand) });

    /// <summary>UTF-8 without a zero byte; a character that the cut goes through is no fault.</summary>
    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out _, out var length);
            if (status != OperationStatus.Done || bytes[0] == 0)
            {
                return status == OperationStatus.NeedMoreData;
            }

            bytes = bytes[length..];
        }

        return true;
    }
}
