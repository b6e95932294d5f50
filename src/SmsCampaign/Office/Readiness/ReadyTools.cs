using SmsCampaign.Carriers;

namespace SmsCampaign.Office.Readiness;

/// <summary>By what the checks look at the world outside: tests put their own in its place.</summary>
public sealed record ReadyTools
{
    public IGatewayProbe Gateways { get; init; } = new GatewayProbe();

    public IAccountAsker Accounts { get; init; } = new AccountAsker();

    public IWebProbe Web { get; init; } = new WebProbe();

    public IMachinePrograms Programs { get; init; } = new MachinePrograms();

    /// <summary>Bytes free where a folder lies; null where it cannot be told.</summary>
    public Func<string, long?> FreeAt { get; init; } = Storage.DiskFloor.FreeAt;
}

/// <summary>Finds out how far a way leads to an address of a gateway.</summary>
public interface IGatewayProbe
{
    /// <returns>Whatever the network does is an answer, never an exception.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<Reach> ReachAsync(Uri address, CancellationToken cancellationToken);
}

/// <summary>How far a way leads.</summary>
public abstract record Reach
{
    Reach()
    {
    }

    /// <summary>The host's name has no address.</summary>
    public sealed record NoName(Wording Why) : Reach;

    /// <summary>Nobody takes the connection.</summary>
    public sealed record NoConnection(Wording Why) : Reach;

    /// <summary>The connection stands, and no TLS over it.</summary>
    public sealed record NoTls(Wording Why) : Reach;

    /// <summary>TLS would stand, and the certificate is not to be trusted.</summary>
    /// <param name="Why">In English, as of <c>UntrustedCertificateException</c>.</param>
    /// <param name="Ends">When the certificate is over; null where none was shown.</param>
    public sealed record NotTrusted(string Why, DateTimeOffset? Ends) : Reach;

    /// <summary>All the way.</summary>
    /// <param name="CertificateEnds">Null where the address has no TLS.</param>
    public sealed record Open(DateTimeOffset? CertificateEnds) : Reach;
}

/// <summary>Asks a gateway about an account of ours.</summary>
public interface IAccountAsker
{
    /// <returns>Null where a gateway of its type cannot be asked.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<IReadOnlyList<AccountFinding>?> AskAsync(Lane lane, CancellationToken cancellationToken);
}

/// <summary>Asks an address by HTTP.</summary>
public interface IWebProbe
{
    /// <returns>Whatever the network does is an answer, never an exception.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<WebAnswer> GetAsync(Uri address, CancellationToken cancellationToken);

    /// <summary>Whether nobody listens at an address of this machine.</summary>
    bool IsFree(Uri listen);
}

/// <param name="Status">Of HTTP; null where none came.</param>
/// <param name="Body">Its beginning, as text.</param>
/// <param name="Way">How far the way leads; what came is null where it does not lead all the way.</param>
public sealed record WebAnswer(int? Status, string Body, Reach Way);

/// <summary>Runs programs of the machine that only tell something.</summary>
public interface IMachinePrograms
{
    /// <returns>Null where there is no such program.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    Task<ProgramAnswer?> RunAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken);
}

/// <param name="Output">Of stdout.</param>
public sealed record ProgramAnswer(int ExitCode, string Output);
