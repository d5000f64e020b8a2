namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>A here-document whose body follows the line that opened it.</summary>
/// <param name="Command">The command that reads it.</param>
/// <param name="End">The line that ends it.</param>
/// <param name="Indented">True when tabs in front of that line do not count.</param>
/// <param name="Expands">True when that line was written without quotes, so that the shell expands the body.</param>
internal sealed record HereDocument(ShellCommand Command, string End, bool Indented, bool Expands)
{
    /// <summary>Reads the body up to its end line and hands it to the command.</summary>
    public void ReadBody(ShellCursor cursor)
    {
        var start = cursor.At;
        var end = start;
        while (!cursor.IsAtEnd)
        {
            end = cursor.At;
            var line = cursor.TakeThrough('\n');
            if ((Indented ? line.TrimStart('\t') : line).TrimEnd('\r') == End)
            {
                break;
            }

            end = cursor.At;
        }

        Command.Input = cursor.Text[start..end];
    }
}
