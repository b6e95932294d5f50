using System.Reflection;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Tests.Dispatch.Lanes;

/// <summary>A ledger of which it is noted how often it is read where the messages of a first batch stand.</summary>
public class LedgerSpy : DispatchProxy
{
    object? _inner;
    Action? _noteReading;

    internal static ISendingLedger On(ISendingLedger ledger, Action noteReading) =>
        Wrap<ISendingLedger>(ledger, noteReading);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(ILaneTrials.ReadStates))
            _noteReading!();
        var result = targetMethod.Invoke(_inner, BindingFlags.DoNotWrapExceptions, null, args, null);
        return result is ILaneTrials trials ? Wrap(trials, _noteReading!) : result;
    }

    static T Wrap<T>(T inner, Action noteReading)
        where T : class
    {
        var proxy = Create<T, LedgerSpy>();
        var spy = (LedgerSpy)(object)proxy;
        (spy._inner, spy._noteReading) = (inner, noteReading);
        return proxy;
    }
}
