namespace Postern.Engine.Detection.Shapes;

/// <summary>What must not touch a shape from outside. The ends of the text always pass.</summary>
internal enum Edge : byte
{
    /// <summary>No letter, digit or underscore, and on the right nothing of the last run's alphabet.</summary>
    Word,

    /// <summary>As <see cref="Word"/>, and none of the characters that continue base64 or a path.</summary>
    Strict,

    /// <summary>No digit.</summary>
    Digit,

    /// <summary>On the right nothing of the last run's alphabet, on the left anything.</summary>
    Body,

    /// <summary>The start or end of a line, after white space and list or quote marks.</summary>
    Line,

    /// <summary>Anything.</summary>
    None,
}
