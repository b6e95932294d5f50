namespace SmsCampaign.Storage.Run;

/// <summary>
/// A run's ledger read for its <see cref="RunSeal"/> beside the rest of a start, to which one core is left.
/// </summary>
/// <param name="stopping">Ends the reading.</param>
public sealed class SealReading(CancellationToken stopping) : IDisposable
{
    readonly CancellationTokenSource _over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    (RunAddress Address, Task<RunSeal> Seal)? _begun;

    /// <summary>Begins, and returns at once. What goes wrong is thrown by <see cref="Of"/>.</summary>
    public void Begin(RunAddress address)
    {
        var over = _over.Token;
        _begun = (address, Task.Run(
            () => Ledgers.RunAt(address).ReadSeal(over, Math.Max(1, Environment.ProcessorCount - 1)),
            CancellationToken.None));
    }

    /// <summary>Waits for the ledger's seal. One that was not begun with is read now.</summary>
    /// <exception cref="LedgerException">The file is no run's ledger, or a broken one.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public RunSeal Of(RunAddress address) => _begun is { } begun && begun.Address == address
        ? begun.Seal.GetAwaiter().GetResult()
        : Ledgers.RunAt(address).ReadSeal(_over.Token);

    /// <summary>Stops the reading and waits for its end: nothing holds the file any more.</summary>
    public void Dispose()
    {
        _over.Cancel();
        if (_begun is { } begun)
            Task.WhenAny(begun.Seal).Wait();
        _over.Dispose();
    }
}
