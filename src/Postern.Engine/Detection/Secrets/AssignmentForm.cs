namespace Postern.Engine.Detection.Secrets;

/// <summary>How the value of an assignment follows its name.</summary>
internal enum AssignmentForm : byte
{
    /// <summary>The name ends with the word, then an operator, then the value.</summary>
    Operator,

    /// <summary>The value is the first run of its alphabet within a distance after the word.</summary>
    Near,

    /// <summary>A sentence tells the value after the word.</summary>
    Told,
}
