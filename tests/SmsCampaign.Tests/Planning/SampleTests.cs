using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Planning;

/// <summary>The sample campaign with the installation that the program ships with.</summary>
public class SampleTests
{
    readonly Preparation _sample = new CampaignPreparation(new FakeTimeProvider(PreparationFolder.MorningBefore)).Check(
        new PreparationRequest(
            Repository.PathOf("samples/dak-lak-2025/campaign.yaml"), Repository.PathOf("config/smscampaign.json")),
        CancellationToken.None);

    [Fact]
    public void The_sample_can_be_planned()
    {
        Assert.False(_sample.HasErrors);
        Assert.True(_sample.Planned!.Forecast.FitsFirstDay);
        Assert.All(_sample.Planned.Forecast.Lanes, lane => Assert.NotEqual(0, lane.Recipients));
    }

    [Fact]
    public void Rule_7_Every_row_of_the_sample_is_a_recipient_or_excluded()
    {
        var audience = _sample.Planned!.Audience;

        Assert.Equal(audience.Total, audience.RecipientTotal + audience.ExcludedTotal);
        Assert.Equal(audience.RecipientTotal, _sample.Planned.Plan.Batches.Sum(batch => batch.Messages));
    }

    [Fact]
    public void The_orders_text_is_4_parts_with_diacritics_and_2_without()
    {
        var forecast = _sample.Planned!.Forecast;

        Assert.Equal(forecast.Recipients * 4, forecast.Parts);
        Assert.Equal(forecast.Recipients * 2, forecast.Unaccented.Parts);
        Assert.Equal(forecast.CostVnd, forecast.Unaccented.CostVnd * 2);
    }
}
