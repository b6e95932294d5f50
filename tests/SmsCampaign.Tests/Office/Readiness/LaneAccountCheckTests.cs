using SmsCampaign.Carriers;
using SmsCampaign.Office.Readiness;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Tests.Office.Readiness;

public sealed class LaneAccountCheckTests
{
    static readonly Wording Said = new("Tài khoản dùng được.", "The account is let in.");

    [Theory]
    [InlineData(true, ReadyLight.Green, "Tài khoản dùng được.")]
    [InlineData(false, ReadyLight.Red, "Tài khoản dùng được.")]
    [InlineData(null, ReadyLight.Amber, "chưa kiểm tra được: Tài khoản dùng được.")]
    public async Task What_the_gateway_says_of_the_account_decides(bool? isGood, ReadyLight light, string said)
    {
        var found = await new LaneAccountCheck(new ReadyCases.Accounts(_ => [new AccountFinding(isGood, Said)]))
            .LookAsync(ReadyCases.Of(ReadyCases.Lane("viettel")));

        ReadyCases.Is(light, said, found);
        Assert.Equal("viettel", found.Subject);
    }

    [Fact]
    public async Task A_gateway_that_cannot_be_asked_is_never_green() => ReadyCases.Is(
        ReadyLight.Amber,
        "chưa kiểm tra được: cổng nhắn tin loại http không hỏi được về tài khoản",
        await new LaneAccountCheck(new ReadyCases.Accounts(_ => null)).LookAsync(
            ReadyCases.Of(ReadyCases.Lane("viettel"))));

    [Fact]
    public async Task A_fault_of_one_adapter_is_that_lanes()
    {
        var asker = new ReadyCases.Accounts(lane => lane.Name == "viettel"
            ? throw new InvalidCastException("0912345678")
            : [new AccountFinding(true, Said)]);

        var found = await new LaneAccountCheck(asker).LookAsync(
            ReadyCases.Of(ReadyCases.Lane("viettel"), ReadyCases.Lane("vinaphone")), CancellationToken.None);

        Assert.Equal(
            [("viettel", ReadyLight.Amber), ("vinaphone", ReadyLight.Green)],
            found.Select(each => (each.Subject!, each.Light)));
        Assert.DoesNotContain("0912345678", found[0].Found.Vi, StringComparison.Ordinal);
    }
}
