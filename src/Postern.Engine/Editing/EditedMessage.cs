using Postern.Engine.Flow;

namespace Postern.Engine.Editing;

/// <summary>Makes the message that goes on in place of an edited one: every byte outside the edits is the same, and every part where it was.</summary>
internal static class EditedMessage
{
    /// <summary>The new message; the caller owns both.</summary>
    /// <param name="message">What is edited.</param>
    /// <param name="edits">In order, none touching another.</param>
    public static Message Of(Message message, ReadOnlySpan<Edit> edits)
    {
        var bytes = message.Bytes;
        using var writer = new MessageWriter(bytes.Length + 256);
        var at = 0;
        foreach (var edit in edits)
        {
            writer.Copy(bytes[at..edit.Start]);
            writer.Copy(edit.By);
            at = edit.End;
        }

        writer.Copy(bytes[at..]);
        foreach (ref readonly var part in message.Parts)
        {
            if (IsCut(part, edits))
            {
                continue;
            }

            var start = Moved(part.Start, edits);
            writer.Declare(part with
            {
                Start = start,
                Length = Moved(part.Start + part.Length, edits) - start,
                NameStart = Moved(part.NameStart, edits),
            });
        }

        return writer.Seal(message.Facts);
    }

    /// <summary>True for a header that is gone, name and all.</summary>
    private static bool IsCut(in Part part, ReadOnlySpan<Edit> edits)
    {
        foreach (var edit in edits)
        {
            if (part.NameLength > 0 && edit.Start <= part.NameStart && part.Start + part.Length <= edit.End)
            {
                return true;
            }
        }

        return false;
    }

    private static int Moved(int offset, ReadOnlySpan<Edit> edits)
    {
        var moved = offset;
        foreach (var edit in edits)
        {
            if (edit.End > offset)
            {
                break;
            }

            moved += edit.Growth;
        }

        return moved;
    }
}
