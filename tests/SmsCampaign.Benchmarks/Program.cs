using SmsCampaign.Benchmarks;

return args switch
{
    ["report" or "report-child", ..] => ReportBenchmark.Run(args),
    _ => 1,
};
