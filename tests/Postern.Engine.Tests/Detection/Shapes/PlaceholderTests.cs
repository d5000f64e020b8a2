using System.Text;
using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Tests.Detection.Shapes;

/// <summary>What stands for a secret is none; what only resembles such a stand-in is.</summary>
public sealed class PlaceholderTests
{
    [Theory]
    [InlineData("xxxxxxxxxxxx")]
    [InlineData("ZZZZZZZZZZZZZZZZ")]
    [InlineData("1234-1234-1234-4ddbc191d40ee098")]
    [InlineData("ababababQz")]
    [InlineData("AbCdEfGhIjKlMnOpQrStUvWx")]
    [InlineData("0123456789abcdef")]
    [InlineData("qwertyuiop1")]
    [InlineData("my-password")]
    [InlineData("Password1")]
    [InlineData("your_database_password")]
    [InlineData("$TOKEN_1")]
    [InlineData("h480djs93hd8")]
    public void Stands_for_a_secret(string value) => Assert.True(Placeholder.Stands(Encoding.ASCII.GetBytes(value)));

    [Theory]
    [InlineData("AdminPassword123")]
    [InlineData("whoeverwouldneedsuchalongpassword")]
    [InlineData("q8Zk3LmP0xVbR7nTcY2wJdHf")]
    [InlineData("51ce5a38df886e443cc9f0db6372ec4d53d53901")]
    [InlineData("AAAAAAAAAAqW2_x8RpI-jtRR7oE8hxeQsKImvJapLeSbXpwF4zKtY7uB1mVn0cGd")]
    public void Is_a_value(string value) => Assert.False(Placeholder.Stands(Encoding.ASCII.GetBytes(value)));

    [Theory]
    [InlineData("s00pers3cret", true)]
    [InlineData("p4ssw0rd99", true)]
    [InlineData("AdminPassword123", false)]
    [InlineData("Winter77", false)]
    public void Spells_its_name_in_figures(string value, bool spells) => Assert.Equal(spells, Placeholder.Spells(Encoding.ASCII.GetBytes(value)));
}
