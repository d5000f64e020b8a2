namespace Postern.Engine.Flow;

/// <summary>How a body is read into views; chosen by the adapter from the media type.</summary>
public enum ContentKind : byte
{
    /// <summary>Plain text, and everything that has no reader of its own.</summary>
    Text,

    /// <summary>JSON (application/json, +json).</summary>
    Json,

    /// <summary>application/x-www-form-urlencoded.</summary>
    Form,

    /// <summary>multipart/*.</summary>
    Multipart,

    /// <summary>HTML or XHTML.</summary>
    Html,

    /// <summary>Media that is counted and not read: images, audio, video, archives, PDF.</summary>
    Opaque,
}
