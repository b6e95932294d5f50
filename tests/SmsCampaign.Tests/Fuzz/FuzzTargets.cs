namespace SmsCampaign.Tests.Fuzz;

/// <summary>Everything the program reads that others write.</summary>
static class FuzzTargets
{
    public static readonly IReadOnlyDictionary<string, Func<int, IFuzzTarget>> All =
        new Dictionary<string, Func<int, IFuzzTarget>>
        {
            ["campaign"] = seed => new CampaignTarget(seed),
            ["csv"] = seed => new CsvTarget(seed),
            ["xlsx"] = seed => new XlsxTarget(seed),
            ["receipts"] = seed => new ReceiptTarget(seed),
            ["answers"] = seed => new AnswerTarget(seed),
        };
}
