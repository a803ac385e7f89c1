/** Un code Insee de commune, ou le SIREN d’une intercommunalité. */
export const CODE = /^(?:\d{5}|2[AB]\d{3}|\d{9})$/u;
