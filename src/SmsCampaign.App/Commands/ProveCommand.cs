using System.CommandLine;
using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign prove CAMPAIGN [--date DATE] [--simulate] [--json]</summary>
static class ProveCommand
{
    public static Command Create(Terminal terminal)
    {
        var choice = new RunChoice(terminal.Language);
        var json = new Option<bool>("--json")
        {
            Description = terminal.Text(
                "in kết quả dạng JSON cho chương trình khác đọc", "print the result as JSON for scripts"),
        };
        var command = new Command("prove", terminal.Text(
            "Tính lại từ sổ gửi tin: tốc độ lớn nhất từng kênh đã gửi, có vượt hợp đồng không, đã dùng bao nhiêu "
                + "phần trăm tốc độ hợp đồng",
            "Recompute from the ledger the fastest each lane ever sent, whether the contract was kept, "
                + "and how much of it was used"))
        {
            json,
        };
        choice.AddTo(command);

        command.SetAction(parsed =>
        {
            var data = SharedOptions.FolderOf(parsed);
            var problems = new List<Problem>();
            var run = choice.Find(parsed, data, problems);
            return terminal.List(problems) || run is null
                ? ExitCode.InputHasProblems
                : Run(terminal, run, new RecordDesk(data).Prove(run), parsed.GetValue(json));
        });
        return command;
    }

    static int Run(Terminal terminal, RunRecord run, ProvenRun proven, bool json)
    {
        if (json)
            terminal.SayJson(ProofJson.Of(run, proven.Proof));
        else
            new ProofText(terminal, run, proven.Proof).Write();

        if (proven.Words is { } differences)
            terminal.SayError(differences);
        return proven.Holds ? ExitCode.Done : ExitCode.CouldNot;
    }
}
