using System.CommandLine;
using SmsCampaign.Installations;
using SmsCampaign.Office;

namespace SmsCampaign.App.Commands;

/// <summary>sms-campaign install [--do]</summary>
static class InstallCommand
{
    public static Command Create(Terminal terminal)
    {
        var carryOut = new Option<bool>("--do")
        {
            Description = terminal.Text(
                "làm các bước (không có: chỉ in ra)", "take the steps (without it they are only printed)"),
        };
        var command = new Command("install", terminal.Text(
            "Các bước đặt dịch vụ gửi trên máy này (dành cho kỹ sư phụ trách)",
            "The steps that put the sending service on this machine (for the engineer)"))
        {
            carryOut,
        };

        command.SetAction(parsed => parsed.GetValue(carryOut)
            ? Do(InstallDesk.Here, terminal)
            : Show(InstallDesk.Here, terminal));
        return command;
    }

    internal static int Show(InstallDesk desk, Terminal terminal)
    {
        if (desk.Hindrance() is { } why)
        {
            terminal.SayError(why);
            return ExitCode.CouldNot;
        }

        foreach (var (step, at) in desk.Steps.Select((step, at) => (step, at + 1)))
        {
            Say(step, at, terminal);
            terminal.Output.WriteLine($"     {step.Line}");
        }

        terminal.Say(desk.Next);
        return ExitCode.Done;
    }

    static void Say(InstallStep step, int at, Terminal terminal)
    {
        if (step.IsDone)
            terminal.Say($"{at}. {step.What} (đã có)", $"{at}. {step.What} (is there)");
        else
            terminal.Say($"{at}. {step.What}", $"{at}. {step.What}");
    }

    internal static int Do(InstallDesk desk, Terminal terminal)
    {
        switch (desk.Do(step => terminal.Say($"Đang làm: {step.What}", $"Doing: {step.What}")))
        {
            case InstallResult.Refused(var why):
                terminal.SayError(why);
                return ExitCode.CouldNot;
            case InstallResult.Failed(var step, var said):
                terminal.SayError(new Wording(
                    $"Bước “{step.What}” không làm được ({step.Line}): {said}. Các bước trước đã xong; "
                        + $"sửa rồi chạy lại.",
                    $"The step “{step.What}” could not be done ({step.Line}): {said}. Those before it are done; "
                        + $"mend it and run this again."));
                return ExitCode.CouldNot;
            case InstallResult.Installed(var next):
                terminal.Say(next);
                return ExitCode.Done;
            case var other:
                throw new InvalidOperationException($"not a result of an installation: {other}");
        }
    }
}
