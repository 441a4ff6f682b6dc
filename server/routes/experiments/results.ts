import { measureArms } from '../../../db/experiments';
import { resultsOf } from '../../../domain/experiment/results';
import { toExperimentResults } from '../../../objects/experiment';
import { experimentResults } from '../../../objects/shapes/experiment';
import { operation } from '../../http/operation';
import { parameters } from '../../http/parameters';

/**
 * Compares the arms: conversion, revenue for each visitor, churn, refunds and answers, with intervals that stay valid however often you look.
 *
 * @throws BillingError resource_missing
 */
export const retrieveExperimentResults = operation({
  method: 'get',
  path: '/v1/experiments/:experiment/results',
  summary: 'Retrieve the results of an experiment',
  tag: 'Experiments',
  own: true,
  parameters: parameters({}),
  answer: experimentResults,
  async handle(request) {
    const experiment = await request.find('experiment', request.pathId('experiment'));
    const measured = await measureArms(request.deps.sql, experiment, await request.now());
    return { body: toExperimentResults(experiment, resultsOf(experiment, measured)) };
  },
});
