using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace SmsCampaign.App.Commands;

/// <summary>
/// The program's verbs and the options that all of them share.
/// </summary>
static class CommandLine
{
    /// <summary>Every verb. To add one, add its line here.</summary>
    public static readonly IReadOnlyList<Func<Terminal, Command>> Verbs =
    [
        TextCommand.Create,
        NumbersCommand.Create,
        NewCommand.Create,
        CheckCommand.Create,
        ReadyCommand.Create,
        DoctorCommand.Create,
        PlanCommand.Create,
        RehearseCommand.Create,
        SubmitCommand.Create,
        ApproveCommand.Create,
        RejectCommand.CreateReturn,
        RejectCommand.CreateReject,
        RejectCommand.CreateWithdraw,
        RevokeCommand.Create,
        OrderCommand.Create,
        ImportResultsCommand.Create,
        TestSendCommand.Create,
        SendCommand.Create,
        WorkerCommand.Create,
        StatusCommand.Create,
        AlertCommand.Create,
        WatchCommand.Create,
        ResolveCommand.Create,
        PauseCommand.Create,
        ResumeCommand.Create,
        EndCommand.CreateCancel,
        EndCommand.CreateEnd,
        RateCommand.Create,
        ExtendCommand.Create,
        SendRestCommand.Create,
        BackupCommand.Create,
        RestoreCommand.Create,
        DeclareCommand.Create,
        PortedCommand.Create,
        ReceiptsCommand.Create,
        PurgeCommand.Create,
        SubjectCommand.CreateExport,
        SubjectCommand.CreateErase,
        ReportCommand.Create,
        ProveCommand.Create,
        AuditCommand.Create,
        ConsoleCommand.Create,
        UserCommand.Create,
        SimulateCommand.Create,
        InstallCommand.Create,
    ];

    /// <summary>The verbs that look at nothing in the data folder.</summary>
    static readonly HashSet<string> WithoutData = ["text", "numbers", "new", "simulate", "install"];

    /// <summary>Verbs that would say of a folder that is not there that nothing is amiss in it.</summary>
    static readonly HashSet<string> OfWhatIsThere =
    [
        "declare", "pause", "cancel", "end", "rate", "resume", "ported", "drop", "sent", "ack", "refuse", "withdraw",
        "import-results", "purge", "export-subject", "erase-subject",
    ];

    /// <summary>Verbs that make files in the data folder, whatever they are given.</summary>
    static readonly HashSet<string> Writing =
    [
        "plan", "submit", "approve", "return", "reject", "revoke", "test-send", "send", "worker", "pause", "cancel",
        "end", "rate", "extend", "send-rest", "restore", "drop", "order", "sent", "ack", "refuse", "withdraw",
        "import-results", "purge", "export-subject", "erase-subject", "console", "add", "link", "set", "close",
        "reopen",
    ];

    /// <summary>Verbs that do where a person answers for it, and else only look.</summary>
    static readonly HashSet<string> WritingBySomebody = ["resume", "resolve", "declare"];

    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken)
    {
        var root = Create(terminal);
        if (terminal.List(WrittenArguments.Check(args)))
            return ExitCode.InputHasProblems;

        // A word that begins with @ is a word, and no file of further words.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction
            || (parsed.Action is not (HelpAction or LocalHelp) && UsageProblems.IsMisread(parsed)))
        {
            foreach (var problem in UsageProblems.Of(parsed))
                terminal.SayError(problem);
            terminal.SayError(UsageProblems.Hint(parsed));
            return ExitCode.CouldNot;
        }

        // The library's own handler would swallow exceptions and choose exit codes; Program owns both.
        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            Output = terminal.Output,
            Error = terminal.Errors,
            ProcessTerminationTimeout = null,
        };

        var isAct = parsed.Action is not (HelpAction or LocalHelp) && parsed.CommandResult.Command is not RootCommand;
        if (isAct && MachineLacks.Find() is { Count: > 0 } lacks)
        {
            foreach (var lack in lacks)
                terminal.Wrapped().SayError(lack);
            return ExitCode.CouldNot;
        }

        var verb = parsed.CommandResult.Command.Name;
        if (isAct && !WithoutData.Contains(verb) && SharedOptions.FolderOf(parsed) is var data
            && (data.FindClosed()
                ?? (OfWhatIsThere.Contains(verb) ? data.FindMissing() : null)
                ?? (Writes(parsed) ? data.FindForeign() : null)) is { } closed)
        {
            terminal.Wrapped().SayError(closed);
            return ExitCode.CouldNot;
        }

        try
        {
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (Exception thrown) when (Trouble.Of(thrown, SharedOptions.FolderOf(parsed), verb) is { } trouble)
        {
            terminal.SayError(trouble);
            return ExitCode.CouldNot;
        }
    }

    /// <summary>Every verb, in the person's language.</summary>
    internal static RootCommand Create(Terminal terminal)
    {
        var root = new RootCommand(terminal.Text(
            "Gửi tin nhắn SMS tuyên truyền của tỉnh tới mọi thuê bao, đúng nội dung, đúng giờ, không gửi trùng.",
            "Sends a province's public SMS to every subscriber: the right words, in the right hours, never twice."));

        foreach (var option in SharedOptions.Create(terminal.Language))
            root.Options.Add(option);

        foreach (var create in Verbs)
            root.Subcommands.Add(create(terminal));

        if (terminal.Language == Language.Vietnamese)
            LocalHelp.Use(root);
        return root;
    }

    /// <summary>Whether a verb makes files in the data folder. A report lies there unless it is said where.</summary>
    static bool Writes(ParseResult parsed)
    {
        var verb = parsed.CommandResult.Command;
        return Writing.Contains(verb.Name)
            || (WritingBySomebody.Contains(verb.Name) && IsGiven("--by"))
            || (verb.Name == "report" && !IsGiven("--out"));

        bool IsGiven(string name) => verb.Options.FirstOrDefault(option => option.Name == name) is { } option
            && SharedOptions.IsGiven(parsed.CommandResult, option);
    }
}
