using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Postern.Engine.Detection;
using Postern.Engine.Inspection;

namespace Postern.Engine.Tests.Inspection;

public sealed class FindingJsonTests
{
    private static readonly Finding s_found = new(
        new Rule("secret.test.key", "Test key", RuleCategory.Secret, Severity.High, Confidence.Certain, "Remove it."), Confidence.Medium, "body$.memo", "raw>base64", 4, 6, "0011");

    [Fact]
    public void Commands_print_five_members() => Assert.Equal(
        """{"rule":"secret.test.key","severity":"high","confidence":"medium","where":"body$.memo","view":"raw>base64"}""",
        Written(static writer =>
        {
            writer.WriteStartObject();
            FindingJson.WriteMembers(writer, s_found);
            writer.WriteEndObject();
        }));

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, ""","evidence":{"offsets":[4,10],"encoding":"raw>base64"}""")]
    public void The_scan_api_adds_its_own_around_them(bool withOffsets, string more) => Assert.Equal(
        """{"scanner":"dlp","rule_id":"secret.test.key","severity":"high","confidence":"medium","where":"body$.memo","view":"raw>base64","message":"Test key" """.TrimEnd() + more + "}",
        Written(writer => FindingJson.Write(writer, s_found, withOffsets)));

    private static string Written(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
