namespace Postern.Engine.Detection.Injection;

/// <summary>What a phrase counts and compares.</summary>
internal enum PhraseScript : byte
{
    /// <summary>Words between spaces and punctuation.</summary>
    Words,

    /// <summary>Single characters, for scripts that do not separate words.</summary>
    Characters,
}
