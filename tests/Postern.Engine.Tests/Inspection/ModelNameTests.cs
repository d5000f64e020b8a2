using System.Text;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;

namespace Postern.Engine.Tests.Inspection;

public sealed class ModelNameTests
{
    [Theory]
    [InlineData("""{"model":"gpt-4o-mini","messages":[]}""", "gpt-4o-mini")]
    [InlineData("""{"messages":[{"content":"the \"model\" is","model":"claude-x"}],"model":"claude-sonnet-4-5"}""", "claude-sonnet-4-5")]
    [InlineData("""{"model":"mistralai/mistral-large"}""", "mistral-large")]
    [InlineData("""{"model":"hunter2-secret"}""", "")]
    [InlineData("""{"model":"hunter2/gpt-4"}""", "gpt-4")]
    [InlineData("""{"model":"gpt-AKIAIOSFODNN7EXAMPLE"}""", "")]
    [InlineData("""{"model":{"name":"gpt-4"}}""", "")]
    [InlineData("""{"messages":[{"model":"gpt-4"}]}""", "")]
    [InlineData("""[{"model":"gpt-4"}]""", "")]
    [InlineData("""{"model":""", "")]
    [InlineData("", "")]
    public void Only_a_known_family_is_named(string body, string expected)
    {
        using var writer = new MessageWriter();
        writer.Body(Encoding.UTF8.GetBytes(body));
        using var message = writer.Seal(new MessageFacts(MessageKind.Request, Direction.Outbound) { Whole = true });
        Assert.Equal(expected, ModelName.Of(message));
    }
}
