using SmsCampaign.Messages;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Office.Readiness;

/// <summary>Has checks look side by side, each within its time, and keeps each one's fault its own.</summary>
/// <param name="time">By which they are given up.</param>
public sealed class ReadyRound(IReadOnlyList<IReadyCheck> checks, TimeProvider time)
{
    /// <returns>What was found, in the order of the checks. Holds no phone number in full.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<IReadOnlyList<ReadyLine>> LookAsync(ReadyCase about, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(checks.Select(check => LookAsync(check, about, cancellationToken)));
        return [.. found.SelectMany(lines => lines)];
    }

    async Task<IEnumerable<ReadyLine>> LookAsync(
        IReadyCheck check, ReadyCase about, CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        IReadOnlyList<ReadyFinding> findings;
        try
        {
            // On another thread: what it reads may block, and is left alone where it takes too long.
            findings = await Task.Run(() => check.LookAsync(about, giveUp.Token), giveUp.Token)
                .WaitAsync(check.Patience, time, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException)
        {
            var limit = Figures.Duration(check.Patience);
            findings = [ReadyFinding.Unknown(
                new Wording($"quá {limit} chưa xong", $"not done within {limit}"),
                new Wording("Hãy xem lại sau ít phút.", "Look again in a few minutes."))];
        }
        catch (Exception fault) when (fault is not OutOfMemoryException) // one check's fault stays that check's
        {
            findings = [ReadyFinding.Unknown(Describe(fault, about.Data), new Wording(
                "Hãy báo dòng này cho kỹ sư phụ trách.", "Tell your engineer this line."))];
        }
        finally
        {
            await giveUp.CancelAsync();
        }

        return findings.Select(finding => new ReadyLine(
            check.Name, finding.Subject, finding.Light, Clear(finding.Found), Clear(finding.ToDo)));
    }

    static Wording Describe(Exception fault, DataFolder data)
    {
        var words = StorageFaults.Describe(fault, data) ?? FaultWords.Of(fault);
        return new Wording(words.Vi.TrimEnd('.'), words.En.TrimEnd('.'));
    }

    /// <summary>What gateways and files say may hold whatever they were about.</summary>
    static Wording Clear(Wording words) => new(
        UnseenText.Show(NumberMask.In(words.Vi)), UnseenText.Show(NumberMask.In(words.En)));

    static Wording? Clear(Wording? words) => words is { } known ? Clear(known) : null;
}
