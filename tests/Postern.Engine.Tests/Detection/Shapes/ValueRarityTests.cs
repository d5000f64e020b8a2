using System.Text;
using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Tests.Detection.Shapes;

public sealed class ValueRarityTests
{
    [Theory]
    [InlineData("Qw81ZKx5JvP")]
    [InlineData("vkZqWtmXPFbuGLRk")]
    [InlineData("HxZK4WQGX9Bfm2w8RjzvNT6c")]
    [InlineData("7a41c09be53d286fa1907cde64b8325f0e19d7a3")]
    [InlineData("k7w2m9x4q1z8v5t3r6p0n4b7")]
    public void What_a_machine_drew_is_rare(string value) => Assert.True(ValueRarity.IsRare(Encoding.ASCII.GetBytes(value)));

    [Theory]
    [InlineData("hunter22")]
    [InlineData("myServiceAccountName2")]
    [InlineData("prod-service-account-v2-token")]
    [InlineData("com.example.service1.KeyName")]
    [InlineData("release-2024-01-02-build-17")]
    [InlineData("5b17e0c4-29fd-4a63-8e70-d31f9c46a285")]
    [InlineData("01JD3ZC7T8XPQ4M2VKWRN6B9HE")]
    [InlineData("usr_01JD3ZC7T8XPQ4M2VKWRN6B9HE")]
    [InlineData("")]
    public void What_a_person_wrote_a_uuid_and_a_ulid_are_not(string value) => Assert.False(ValueRarity.IsRare(Encoding.ASCII.GetBytes(value)));
}
