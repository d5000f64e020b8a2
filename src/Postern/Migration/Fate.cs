namespace Postern.Program.Migration;

/// <summary>What became of a key.</summary>
internal enum Fate : byte
{
    /// <summary>It means the same, under the same name.</summary>
    Kept,

    /// <summary>It means the same, under another name.</summary>
    Renamed,

    /// <summary>It means something else, or has another value.</summary>
    Changed,

    /// <summary>Nothing is lost without it.</summary>
    NotNeeded,

    /// <summary>There is nothing here that does it.</summary>
    NotExpressible,

    /// <summary>The reference has no such key.</summary>
    Unknown,

    /// <summary>It was not there, and the default that held is written out.</summary>
    Default,

    /// <summary>It was not there, and what holds here is stricter.</summary>
    Stricter,
}
