namespace Postern.Engine.Media;

/// <summary>How a text is written in an image.</summary>
internal enum MediaTextCoding : byte
{
    /// <summary>As it is.</summary>
    Plain,

    /// <summary>Compressed (zlib, RFC 1950).</summary>
    Zlib,

    /// <summary>In blocks of up to 255 bytes, each with its length before it, as in GIF.</summary>
    Blocks,
}
