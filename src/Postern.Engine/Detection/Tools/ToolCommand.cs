using Postern.Engine.Detection.Tools.Shell;

namespace Postern.Engine.Detection.Tools;

/// <summary>Commands found in a call.</summary>
/// <param name="Where">The argument that holds them, for example <c>args$.command</c>.</param>
/// <param name="Script">The commands.</param>
internal sealed record ToolCommand(string Where, ShellScript Script)
{
    /// <summary>True for the call itself, read as one command of its own name; false for a command line among its arguments.</summary>
    public bool IsOwn { get; init; }
}
