using SmsCampaign.Carriers;
using SmsCampaign.Carriers.MobiFone;
using SmsCampaign.Office.Readiness;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Planning;

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

    /// <summary>Of a gateway that is asked without cost nothing is spoilt; where a question costs something it is not
    /// put.</summary>
    [Fact]
    public async Task The_ledger_of_another_run_that_cannot_be_read_spoils_no_lane()
    {
        using var folder = new PreparationFolder();
        folder.Prepare();
        File.WriteAllText(folder.Ledger(), new string('x', 4_096));
        var about = ReadyCases.Of(ReadyCases.Lane("viettel"), Counting("mobifone")) with
        {
            Data = folder.Data,
            Registry = Ledgers.OpenRegistry(folder.Data),
            Openings = [ReadyCases.Opening with { IsOpen = true }],
        };
        var asker = new ReadyCases.Accounts(_ => [new AccountFinding(true, Said)]);

        var found = await new LaneAccountCheck(asker).LookAsync(about, CancellationToken.None);

        Assert.Equal(
            [("viettel", ReadyLight.Green), ("mobifone", ReadyLight.Amber)],
            found.Select(each => (each.Subject!, each.Light)));
        Assert.Contains("không đọc được sổ", found[1].Found.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_counts_where_the_contract_counts_requests_and_always_at_mobifone()
    {
        Assert.False(ReadyCases.Lane("viettel").Options.CountsQuestions);
        Assert.True(Counting("mobifone").Options.CountsQuestions);
        Assert.True(new MobiFoneLaneOptions().CountsQuestions);
    }

    static Lane Counting(string name)
    {
        var lane = ReadyCases.Lane(name);
        lane.Options.RateUnit = RateUnit.Requests;
        return lane;
    }

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
