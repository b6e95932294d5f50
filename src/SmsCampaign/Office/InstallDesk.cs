using System.ComponentModel;
using System.Diagnostics;
using SmsCampaign.Installations;

namespace SmsCampaign.Office;

/// <summary>What came of putting the service on a machine.</summary>
public abstract record InstallResult
{
    InstallResult()
    {
    }

    /// <summary>It cannot be done here, or by this account: nothing was done.</summary>
    public sealed record Refused(Wording Why) : InstallResult;

    /// <param name="Next">What is left to a person.</param>
    public sealed record Installed(Wording Next) : InstallResult;

    /// <param name="Step">Of which nothing is known but what it said; those before it are done, those behind it
    /// not.</param>
    /// <param name="Said">What its command wrote to stderr, or why it could not be started.</param>
    public sealed record Failed(InstallStep Step, string Said) : InstallResult;
}

/// <summary>Runs a command of a step to its end: exit code, and what it wrote to stderr.</summary>
/// <exception cref="Win32Exception">There is no such program.</exception>
public delegate (int ExitCode, string Errors) StepRunner(IReadOnlyList<string> command);

/// <summary>Tells, or does, what puts the service on this machine. Called twice it does what is not done yet, and
/// replaces the program.</summary>
/// <param name="isWindows">Whether the machine is a Windows.</param>
/// <param name="isAdministrator">Whether this process may do it.</param>
public sealed class InstallDesk(MachinePlaces machine, bool isWindows, bool isAdministrator, StepRunner run)
{
    /// <summary>What dpkg keeps of an installed package.</summary>
    const string PackageList = "/var/lib/dpkg/info/sms-campaign.list";

    public static InstallDesk Here { get; } = new(
        MachinePlaces.Here, OperatingSystem.IsWindows(), Environment.IsPrivilegedProcess, Run);

    /// <summary>In the order in which they are done.</summary>
    public IReadOnlyList<InstallStep> Steps { get; } = isWindows ? WindowsSteps.Of(machine) : LinuxSteps.Of(machine);

    public Wording Next { get; } = isWindows ? WindowsSteps.Next : LinuxSteps.Next;

    /// <summary>Why they cannot be done here; null where they can.</summary>
    public Wording? Hindrance()
    {
        if (!isWindows && machine.Exists(PackageList))
            return new Wording(
                "Gói sms-campaign đã cài trên máy này và đã làm mọi bước. Nâng cấp bằng: "
                    + "apt-get install ./sms-campaign_….deb",
                "The package sms-campaign is installed here and has done every step. Upgrade by: "
                    + "apt-get install ./sms-campaign_….deb");
        if (!machine.Exists(Path.Combine(machine.Program, "config", "sms-campaign.service")))
            return new Wording(
                $"Chương trình này không chạy từ thư mục cài đặt đủ (không có config/ trong {machine.Program}). "
                    + $"Hãy tạo thư mục bằng: dotnet publish src/SmsCampaign.App -p:PublishProfile=linux-x64",
                $"This program does not run from a published folder (no config/ in {machine.Program}). Make one by: "
                    + $"dotnet publish src/SmsCampaign.App -p:PublishProfile=linux-x64");
        return null;
    }

    /// <param name="doing">Told of each step before it is done.</param>
    public InstallResult Do(Action<InstallStep> doing)
    {
        if (Hindrance() is { } why)
            return new InstallResult.Refused(why);
        if (!isAdministrator)
            return new InstallResult.Refused(isWindows
                ? new Wording(
                    "Cần quyền quản trị: hãy mở cửa sổ lệnh bằng “Run as administrator” rồi chạy lại.",
                    "An administrator is needed: open the terminal by “Run as administrator” and run it again.")
                : new Wording(
                    "Cần quyền root: hãy chạy lại bằng sudo.", "Root is needed: run it again by sudo."));

        foreach (var step in Steps.Where(step => !step.IsDone))
        {
            doing(step);
            try
            {
                var (code, errors) = run(step.Command);
                if (code != 0)
                    return new InstallResult.Failed(step, errors.Trim());
            }
            catch (Win32Exception missing)
            {
                return new InstallResult.Failed(step, missing.Message);
            }
        }

        return new InstallResult.Installed(Next);
    }

    static (int, string) Run(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors);
    }
}
