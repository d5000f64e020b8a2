using System.Text;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection;
using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Verification;
using Postern.Engine.Flow;
using Postern.Engine.Monitoring.Adaptive;
using Postern.Engine.Policy;
using Postern.Engine.Views;

namespace Postern.Engine.Tests;

/// <summary>Words of the evidence's format and of the vocabulary are names of members: never change one, only add.</summary>
public sealed class EnumWordsTests
{
    [Fact]
    public void Words_of_version_1_stay()
    {
        Are<EvidenceKind>("ruling open span close event manifest");
        Are<Effect>("deny ask redact allow");
        Are<MessageKind>("none request connect tunnel response body-window event trailers text rpc lookup");
        Are<StreamOutcome>("broken complete refused timed-out halted unreachable");
        Are<Direction>("outbound inbound");
        Are<Severity>("low medium high critical");
        Are<Confidence>("low medium high certain");
        Are<Decoding>("none percent base64 hex base32 fold escape json form multipart entity html compact quoted-printable splice base58 base85 decimal reversed rot13 utf16 charset inflate");
        Are<RecordKind>("unknown chain checkpoint ruling open span close event manifest");
        Are<RecordField>("action actor chain closing destination digest direction edge edits effect endorsement exchange findings grant inspected key kind message method model more note observed opaque origin pieces policy postern prev previous process root seq server signature size summary tool trace transport ts v");
    }

    [Fact]
    public void Words_that_people_write_stay()
    {
        Are<RuleCategory>("secret injection destination protocol uninspectable budget tool media session operation");
        Are<Urgency>("info warn critical");
        Are<ScanAction>("block by-severity warn ask strip redact");
        Are<ThreatLevel>("normal elevated high critical never");
        Are<AirlockTier>("none soft hard drain");
        Are<PatternCheck>("none luhn mod97 aba wif");
        Are<LogOutput>("auto none stderr stdout file both");
    }

    [Theory]
    [InlineData("body-window", true)]
    [InlineData("Body-Window", false)]
    [InlineData("bodywindow", false)]
    [InlineData("5", false)]
    [InlineData("", false)]
    public void A_word_is_read_only_as_it_is_spelled(string word, bool known)
    {
        Assert.Equal(known, EnumWords<MessageKind>.TryRead(Encoding.UTF8.GetBytes(word), out var kind));
        Assert.Equal(known ? MessageKind.BodyWindow : default, kind);
        Assert.Equal(kind, EnumWords<MessageKind>.Read(word));
    }

    private static void Are<T>(string words)
        where T : struct, Enum
    {
        Assert.Equal(words, string.Join(' ', Enum.GetValues<T>().Select(EnumWords<T>.Of)));
        Assert.All(Enum.GetValues<T>(), static value => Assert.True(EnumWords<T>.TryRead(EnumWords<T>.Utf8(value), out var read) && read.Equals(value)));
    }
}
