namespace Postern.Engine.Flow;

/// <summary>What a part of a message is; with the part's name it says where a finding stands.</summary>
public enum PartKind : byte
{
    /// <summary>Free text without further structure.</summary>
    Text,

    /// <summary>The request method.</summary>
    Method,

    /// <summary>The whole URL as received, including its fragment.</summary>
    Url,

    /// <summary>One header's value; the part's name is the header's name.</summary>
    HeaderValue,

    /// <summary>A body, a window of one, or the data of an event.</summary>
    Body,

    /// <summary>The end of the previous message and the beginning of this one, joined; looked at, never released.</summary>
    Border,
}
