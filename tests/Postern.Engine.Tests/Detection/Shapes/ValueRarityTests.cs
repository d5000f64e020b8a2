using System.Text;
using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Tests.Detection.Shapes;

public sealed class ValueRarityTests
{
    [Theory]
    [InlineData("Sk94HG7f6KB")]
    [InlineData("yqDVtkqPECriaLRi")]
    [InlineData("DdZV6ZDZW6Vpl7n7JqtrCE5i")]
    [InlineData("20e9817b9c5ddde1b0cec7622bfc557dbc823791")]
    [InlineData("k7w2m9x4q1z8v5t3r6p0n4b7")]
    public void What_a_machine_drew_is_rare(string value) => Assert.True(ValueRarity.IsRare(Encoding.ASCII.GetBytes(value)));

    [Theory]
    [InlineData("hunter22")]
    [InlineData("myServiceAccountName2")]
    [InlineData("prod-service-account-v2-token")]
    [InlineData("com.example.service1.KeyName")]
    [InlineData("release-2024-01-02-build-17")]
    [InlineData("832d2129-a846-4e27-99f4-7004b6ad53ef")]
    [InlineData("")]
    public void What_a_person_wrote_and_a_uuid_are_not(string value) => Assert.False(ValueRarity.IsRare(Encoding.ASCII.GetBytes(value)));
}
