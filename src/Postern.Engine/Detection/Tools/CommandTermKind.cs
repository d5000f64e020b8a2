namespace Postern.Engine.Detection.Tools;

/// <summary>What a term of a command pattern looks at.</summary>
internal enum CommandTermKind
{
    /// <summary>A word; words of a pattern must follow each other in this order, with anything between.</summary>
    Verb,

    /// <summary>Any argument, as text or as path.</summary>
    Argument,

    /// <summary>An option, alone, in a cluster of letters, or with its value behind an equals sign.</summary>
    Option,

    /// <summary>A file that is read.</summary>
    Read,

    /// <summary>A file that is written.</summary>
    Write,

    /// <summary>A variable that is set.</summary>
    Assignment,

    /// <summary>Constant text on standard input.</summary>
    Input,

    /// <summary>The shell does not wait.</summary>
    Background,
}
