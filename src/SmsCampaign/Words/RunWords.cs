using SmsCampaign.Storage;

namespace SmsCampaign.Words;

/// <summary>Names a run for a person: in Vietnamese by campaign and date, in English by its key.</summary>
public static class RunWords
{
    public static Wording Of(RunKey run) => new(
        $"{run.Campaign}, ngày {Figures.Date(run.Date)}{(run.Simulated ? ", mô phỏng" : "")}", run.ToString());
}
