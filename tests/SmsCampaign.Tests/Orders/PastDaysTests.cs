using SmsCampaign.Office;
using SmsCampaign.Planning;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Tests.Orders;

/// <summary>Letters that ask for what can no longer be: said the same by who checks and by who writes them.</summary>
public sealed class PastDaysTests : IDisposable
{
    readonly HeldFolder _held = new();

    public void Dispose() => _held.Dispose();

    [Theory]
    [InlineData(10, false)]
    [InlineData(20, false)] // the last day on which it can be answered
    [InlineData(21, true)]
    public void An_answer_that_was_due_on_a_day_that_is_over_is_warned_of(int day, bool isSaid)
    {
        GoTo(7, day);

        Assert.Equal(isSaid ? 2 : 0, Late(Check()).Count);
        Assert.Equal(isSaid ? 2 : 0, Late(Write()).Count);
        if (isSaid)
        {
            var problem = Late(Check())[0];
            Assert.Equal(Severity.Warning, problem.Severity);
            Assert.Contains("20/07/2025 (nhóm 'thue-bao-viettel') đã qua (hôm nay là 21/07/2025)", problem.What.Vi);
            Assert.Contains("acknowledgeBy: 20/7/2025", File.ReadLines(_held.Files.Request().CampaignFile)
                .ElementAt(problem.Where!.Line!.Value - 1));
        }
    }

    [Fact]
    public void A_letter_that_has_left_is_not_asked_to_be_answered_by_another_day()
    {
        _held.Approve();
        _held.Write();
        _held.Record(OrderStepKind.Sent);
        GoTo(7, 21);

        Assert.Contains("vnpt", Assert.Single(Late(Check())).What.Vi);
        Assert.Contains("vnpt", Assert.Single(Late(Write())).What.Vi);

        _held.Edit("campaign.yaml", "estimate: 1000", "estimate: 1200");
        Assert.Equal(2, Late(Write()).Count); // a new letter, which has not left
    }

    [Fact]
    public void Of_a_day_of_sending_that_is_over_the_letters_say_that_alone()
    {
        GoTo(7, 31);

        var problem = Assert.Single(Write(), problem => problem.What.Vi.Contains("đã qua", StringComparison.Ordinal));
        Assert.Contains("Ngày nhắn tin 30/07/2025 đã qua", problem.What.Vi);
        Assert.Equal(Severity.Warning, problem.Severity);
    }

    void GoTo(int month, int day) =>
        _held.Time.SetUtcNow(new DateTimeOffset(2025, month, day, 9, 0, 0, TimeSpan.FromHours(7)));

    IReadOnlyList<Problem> Check() => new CampaignPreparation(_held.Time)
        .Check(_held.Files.Request(), CancellationToken.None, _held.Data).Problems;

    IReadOnlyList<Problem> Write() => Assert.IsType<OrderWriting.Written>(_held.Write()).Problems;

    static List<Problem> Late(IReadOnlyList<Problem> problems) =>
        [.. problems.Where(problem => problem.Where?.Key?.EndsWith("acknowledgeBy", StringComparison.Ordinal) == true)];
}
