using SmsCampaign.Benchmarks;

// A verb a benchmark; each has its file.
var verbs = new Dictionary<string, Func<Arguments, int>>
{
    ["generate"] = GenerateFile.Run,
    ["import"] = ImportBenchmark.Run,
    [ImportBenchmark.ChildVerb] = ImportBenchmark.RunChild,
    ["import-results"] = ImportResultsBenchmark.Run,
    [ImportResultsBenchmark.ChildVerb] = ImportResultsBenchmark.RunChild,
    ["check"] = CheckBenchmark.Run,
    ["orders"] = OrdersBenchmark.Run,
    ["picture"] = TerminalPicture.Run,
    ["handbook-pictures"] = HandbookPictures.Run,
    ["send-start"] = SendStartBenchmark.Run,
    ["backup"] = BackupBenchmark.Run,
    ["send"] = SendBenchmark.Run,
    ["adapters"] = AdaptersBenchmark.Run,
    [CannedGateway.Verb] = CannedGateway.Run,
    ["alternatives"] = AlternativesBenchmark.Run,
    ["fuzz"] = FuzzBenchmark.Run,
    ["lanes"] = LanesBenchmark.Run,
    ["growth"] = GrowthBenchmark.Run,
    ["receipts-while-sending"] = ReceiptsWhileSendingBenchmark.Run,
    [ReceiptsWhileSendingBenchmark.ChildVerb] = ReceiptsWhileSendingBenchmark.RunChild,
    ["waiting"] = WaitingBenchmark.Run,
    [WaitingBenchmark.ChildVerb] = WaitingBenchmark.RunChild,
    [LeanGateway.Verb] = LeanGateway.Run,
    ["crash"] = CrashBenchmark.Run,
    ["histories"] = HistoriesBenchmark.Run,
    ["soak"] = SoakBenchmark.Run,
    ["move"] = MoveBenchmark.Run,
    ["stop"] = StopBenchmark.Run,
    ["control"] = ControlBenchmark.Run,
    ["metrics"] = MetricsBenchmark.Run,
    ["worker-memory"] = WorkerMemoryBenchmark.Run,
    ["console"] = ConsoleBenchmark.Run,
    ["report"] = ReportBenchmark.Run,
    [ReportBenchmark.ChildVerb] = ReportBenchmark.RunChild,
    ["purge"] = PurgeBenchmark.Run,
    ["prove"] = ProveBenchmark.Run,
    ["rehearse"] = RehearseBenchmark.Run,
    ["verify"] = VerifyBenchmark.Run,
    ["status"] = StatusBenchmark.Run,
    ["squeeze"] = SqueezeBenchmark.Run,
    [SqueezeBenchmark.ColdVerb] = SqueezeBenchmark.RunCold,
    ["receipts"] = ReceiptsBenchmark.Run,
    [ReceiptsBenchmark.ServerVerb] = ReceiptsBenchmark.Serve,
    ["receipts-postgres"] = ReceiptsInPostgresBenchmark.Run,
    ["strangers"] = StrangersBenchmark.Run,
    ["settle"] = SettleBenchmark.Run,
    [SettleBenchmark.ChildVerb] = SettleBenchmark.RunChild,
};

if (args.Length > 0 && verbs.TryGetValue(args[0], out var run))
    return run(new Arguments(args[1..]));

Console.Error.WriteLine($"usage: {string.Join(" | ", verbs.Keys)}, then --name value");
return 1;
