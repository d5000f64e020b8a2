namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>A here-document whose body follows the line that opened it.</summary>
internal sealed record HereDocument(ShellCommand Command, string End, bool Indented)
{
    /// <summary>Reads the bodies of all open documents, in their order, and hands each to its command.</summary>
    public static void ReadBodies(ShellCursor cursor, List<HereDocument> open)
    {
        foreach (var document in open)
        {
            var start = cursor.At;
            var end = start;
            while (!cursor.IsAtEnd)
            {
                end = cursor.At;
                var line = cursor.TakeThrough('\n');
                if ((document.Indented ? line.TrimStart('\t') : line).TrimEnd('\r') == document.End)
                {
                    break;
                }

                end = cursor.At;
            }

            document.Command.Input = cursor.Text[start..end];
        }

        open.Clear();
    }
}
