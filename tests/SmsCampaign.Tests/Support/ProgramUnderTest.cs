using System.Collections;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace SmsCampaign.Tests.Support;

/// <summary>What a program that has ended left behind.</summary>
sealed record ProgramResult(int ExitCode, string Output, string Errors)
{
    /// <summary>For the message of an assertion.</summary>
    public override string ToString() => $"exit code {ExitCode}\n--- stdout\n{Output}\n--- stderr\n{Errors}";
}

/// <summary>
/// The real program as a process of its own. It is gone at the latest when this is disposed.
/// </summary>
sealed class ProgramUnderTest : IAsyncDisposable
{
    /// <summary>Between two looks at the world outside; longer where a look takes long, so that looking does not keep
    /// from the program what it needs of the machine.</summary>
    static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(2);

    /// <summary>Only a program that hangs takes so long, on however busy a machine.</summary>
    static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    // signal(7) of Linux and macOS alike.
    const int Sigint = 2;
    const int Sigterm = 15;

    /// <summary>Variables of the machine that would change what the program does.</summary>
    static readonly string[] ForeignVariables = ["SmsCampaign__", "ASPNETCORE_", "DOTNET_URLS", "Logging__"];

    /// <summary>The program as it was built with the tests, or what SMS_CAMPAIGN_PROGRAM names: the gate compiles it
    /// ahead, as packages are, and what starts a hundred times starts in half the time.</summary>
    static readonly string Program = Environment.GetEnvironmentVariable("SMS_CAMPAIGN_PROGRAM") is { Length: > 0 } named
        ? Path.GetFullPath(named)
        : Path.Combine(AppContext.BaseDirectory, "sms-campaign.dll");

    readonly Process _process;
    readonly Task _reading;
    readonly StringBuilder _output = new();
    readonly StringBuilder _errors = new();
    readonly TaskCompletionSource _spoken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Lock _awaiting = new();
    readonly List<(string Words, TaskCompletionSource Said)> _awaited = [];
    bool _isSilent;

    ProgramUnderTest(Process process)
    {
        _process = process;
        _reading = ReadAllAsync();
    }

    /// <summary>Ends when the program has written its first line to stdout, or has ended.</summary>
    public Task Spoken => _spoken.Task;

    /// <summary>Ends when the program has written these words in one line, to stdout or stderr, or has ended.</summary>
    public Task SaidAsync(string words)
    {
        lock (_awaiting)
        {
            if (_isSilent || $"{_output}\n{_errors}".Contains(words, StringComparison.Ordinal))
                return Task.CompletedTask;

            var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((words, said));
            return said.Task;
        }
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Of the operating system.</summary>
    public int Id => _process.Id;

    /// <param name="folder">The working directory.</param>
    public static ProgramUnderTest Start(string folder, params string[] arguments) =>
        StartThrough([], folder, arguments);

    /// <param name="command">A program and its first arguments that runs what follows, such as a
    /// shell that limits it.</param>
    public static ProgramUnderTest StartThrough(IReadOnlyList<string> command, string folder, params string[] arguments)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(command.Count > 0 ? command[0] : host)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (ForeignVariables.Any(foreign =>
                ((string)variable.Key).StartsWith(foreign, StringComparison.OrdinalIgnoreCase)))
                start.Environment.Remove((string)variable.Key);
        }

        foreach (var argument in command.Count > 0 ? command.Skip(1).Append(host) : [])
            start.ArgumentList.Add(argument);
        start.ArgumentList.Add(Program);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return new ProgramUnderTest(Process.Start(start)!);
    }

    /// <summary>Runs the program to its end.</summary>
    public static async Task<ProgramResult> RunAsync(string folder, params string[] arguments)
    {
        await using var program = Start(folder, arguments);
        return await program.WaitAsync();
    }

    /// <summary>Waits for the program to end by itself.</summary>
    /// <exception cref="TimeoutException">It does not.</exception>
    public async Task<ProgramResult> WaitAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
            throw new TimeoutException($"the program does not end: {await ResultAsync()}");
        }

        return await ResultAsync();
    }

    /// <summary>Waits until something is true of the world outside, or the program has ended.</summary>
    /// <exception cref="TimeoutException">It does not come true.</exception>
    public async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (true)
        {
            var looking = Stopwatch.StartNew();
            if (condition() || HasExited)
                return;
            if (deadline.IsCancellationRequested)
                throw new TimeoutException("what was waited for does not come");

            var rest = 9 * looking.Elapsed;
            await Task.Delay(rest > Glance ? rest : Glance, TimeProvider.System, CancellationToken.None);
        }
    }

    /// <summary>SIGKILL: the program cannot do anything any more. Returns when it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGINT, as Ctrl-C sends it.</summary>
    public void Interrupt() => Signal(Sigint);

    /// <summary>SIGTERM, as a service manager sends it.</summary>
    public void Terminate() => Signal(Sigterm);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        await _reading;
        _process.Dispose();
    }

    void Signal(int signal)
    {
        if (Kill(_process.Id, signal) != 0)
            throw new InvalidOperationException($"signal {signal} could not be sent");
    }

    async Task<ProgramResult> ResultAsync()
    {
        await _reading;
        return new ProgramResult(_process.ExitCode, _output.ToString(), _errors.ToString());
    }

    async Task ReadAllAsync()
    {
        await Task.WhenAll(
            ReadAsync(_process.StandardOutput, _output, _spoken), ReadAsync(_process.StandardError, _errors));
        lock (_awaiting)
        {
            _isSilent = true;
            _awaited.ForEach(each => each.Said.TrySetResult());
        }
    }

    /// <param name="spoken">Told of the first line, or of the end.</param>
    async Task ReadAsync(StreamReader stream, StringBuilder all, TaskCompletionSource? spoken = null)
    {
        while (await stream.ReadLineAsync() is { } line)
        {
            lock (_awaiting)
            {
                all.Append(line).Append('\n');
                foreach (var (_, said) in _awaited.Where(each => line.Contains(each.Words, StringComparison.Ordinal)))
                    said.TrySetResult();
            }

            spoken?.TrySetResult();
        }

        spoken?.TrySetResult();
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Kill(int process, int signal);
}
