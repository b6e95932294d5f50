using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests;

public sealed class OsUserTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, null, "sms-campaign@may-chu")]
    [InlineData("an", "1001", "sms-campaign@may-chu (sudo: an)")]
    [InlineData(null, "1001", "sms-campaign@may-chu (sudo: binh)")]
    [InlineData("", "1002", "sms-campaign@may-chu (sudo: uid 1002)")]
    [InlineData("a\nn\u202E", null, "sms-campaign@may-chu (sudo: an)")]
    public void An_account_stands_with_its_machine_and_with_who_asked_for_it(
        string? sudoUser, string? sudoUid, string expected)
    {
        var accounts = _folder.Write("passwd", "root:x:0:0::/root:/bin/sh\nbinh:x:1001:1001::/home/binh:/bin/sh\n");

        Assert.Equal(expected, OsUser.Describe("sms-campaign", "may-chu", sudoUser, sudoUid, accounts));
    }

    [Fact]
    public void Where_no_account_can_be_looked_up_its_number_stands() =>
        Assert.Equal("a@b (sudo: uid 7)", OsUser.Describe("a", "b", null, "7", _folder.File("none")));
}
