using SmsCampaign.Conduct.Words;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Conduct.Words;

public sealed class HoldWordsTests
{
    [Theory]
    [InlineData("/srv/đắk-lắk_2025.yaml", "/srv/đắk-lắk_2025.yaml")]
    [InlineData("/srv/chiến dịch.yaml", "\"/srv/chiến dịch.yaml\"")]
    [InlineData("/srv/dak-lak(2).yaml", "\"/srv/dak-lak(2).yaml\"")]
    [InlineData("/srv/tin&tin;.yaml", "\"/srv/tin&tin;.yaml\"")]
    [InlineData("/srv/$HOME's.yaml", @"'/srv/$HOME'\''s.yaml'")]
    public void The_command_that_lets_a_run_go_on_names_its_file_as_it_is_to_be_typed(string file, string typed)
    {
        Machine.NeedsUnix("its shell has other signs");

        Assert.Contains(
            $"sms-campaign resume {typed} --by",
            HoldWords.WithWayOn(new Wording("Dừng.", "Held."), file).Vi,
            StringComparison.Ordinal);
        Assert.Contains(
            $"sms-campaign plan {typed}. ",
            HoldWords.WithWayOn(new Wording("Dừng.", "Held."), file, WayOn.PlanAndApprove).En,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WayOn.Resume, false)]
    [InlineData(WayOn.Approve, false)]
    [InlineData(WayOn.Approve, true)]
    [InlineData(WayOn.PlanAndApprove, true)]
    public void Each_command_names_the_date_that_is_given(WayOn way, bool takesTwo)
    {
        var words = HoldWords.WithWayOn(
            new Wording("Dừng.", "Held."), "/srv/a.yaml", way, takesTwo, new DateOnly(2025, 8, 2));

        Assert.All(
            new[] { words.Vi, words.En },
            text => Assert.Equal(
                text.Split("sms-campaign ").Length, text.Split(" /srv/a.yaml --date 2025-08-02").Length));
    }
}
