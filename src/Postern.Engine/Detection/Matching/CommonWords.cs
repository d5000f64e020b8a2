using System.Buffers.Binary;
using System.Text;

namespace Postern.Engine.Detection.Matching;

/// <summary>
/// The words that technical text consists of. <see cref="ByteModel"/> knows how often letters are, and not that these follow each other a hundred times as often as
/// chance would have them; a window that stands in one of these words is met on every page.
/// </summary>
internal static class CommonWords
{
    // What documentation, manual pages, libraries and package descriptions have most often, and what every URL, page and answer of a service consists of.
    private const string Words =
        """
        https://www.github.com/ https://api. issues users name system member summary param this exception with string file value that type returns self command version from
        specified list line object code token argument access flags data project test security extensions default class instance text when service
        collections number used error null only attribute group source will other output location message analysis gets options control resource path
        which property node format create provide commit generic policy help available arguments read request these method must start remove description
        configuration event keyword current size model function using time threading info false account none index filter platform operation stream
        import values also build comment compute include check change header have runtime files array details parse result more element given region
        sequence without match tests color delete make support dependency base rule public write should release field does state client common
        otherwise order than information enabled added memory action limit identity case key range contains boolean example response directory server
        types entry character found network reference container print operator single open cache module target identifier permission patch trace note
        changes level messages content local logging expression required parameter package implementation resources buffer dictionary storage document
        managed authentication display internal call handle optional view following component where append running console fixed connection store
        expected allow equal properties process socket template feature main point warning certificate condition failure pattern search correct link
        load passed directive generated complete convert part constant listed specialized starting transform destination override automatically
        subscriptions repository received events organizations language description href style title button input label onclick width image script
        your about would there their some into what because people while before after each first between under please report learn continue working
        question answer possible different website search install download browser setting update click contact address account password
        """;

    private static readonly HashSet<uint> s_windows = Windows();

    /// <summary>True when text in lower case that has the window is common.</summary>
    /// <param name="key">The window's bytes under the mask.</param>
    /// <param name="mask">Which of their bits count; all of a full window.</param>
    public static bool Have(uint key, uint mask) => s_windows.Contains(key | (~mask & 0x20202020));

    private static HashSet<uint> Windows()
    {
        var windows = new HashSet<uint>();
        foreach (var word in Words.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            var bytes = Encoding.ASCII.GetBytes(word);
            for (var at = 0; at + Window.Bytes <= bytes.Length; at++)
            {
                windows.Add(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at)));
            }
        }

        return windows;
    }
}
